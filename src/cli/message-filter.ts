/** Which messages `consume` and `tail` show, where no broker filters: by key, by text of the body, by property. Pure. */

import type { MessageRow } from '../admin/admin.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import { errorText, MqError } from '../kit/errors.ts'

export interface FilterFlags {
  readonly key?: string | undefined
  readonly grep?: string | undefined
  readonly property?: readonly string[] | undefined
}

export type MessageFilter = (message: Pick<ReceivedMessage, 'body' | 'properties'>) => boolean

/** The names of the flags that were given. */
export const filterNames = ({ key, grep, property }: FilterFlags): string[] => [
  ...(key === undefined ? [] : ['--key']),
  ...(grep === undefined ? [] : ['--grep']),
  ...(property === undefined || property.length === 0 ? [] : ['--property'])
]

/** All conditions must hold. Throws MQ_USAGE. */
export const messageFilter = ({ key, grep, property = [] }: FilterFlags): MessageFilter => {
  const conditions: MessageFilter[] = []
  if (key !== undefined) {
    const pattern = globPattern(key)
    conditions.push(({ properties }) => (properties.get('KEYS') ?? '').split(' ').some(each => pattern.test(each)))
  }
  if (grep !== undefined) {
    const pattern = regularExpression(grep)
    conditions.push(({ body }) => pattern.test(body.toString('utf8')))
  }
  for (const text of property) {
    const at = text.indexOf('=')
    const name = at < 0 ? text : text.slice(0, at)
    if (name === '') throw new MqError('MQ_USAGE', `--property ${JSON.stringify(text)} is not of the form name=value`)
    const pattern = at < 0 ? undefined : globPattern(text.slice(at + 1))
    conditions.push(({ properties }) => {
      const value = properties.get(name)
      return value !== undefined && (pattern === undefined || pattern.test(value))
    })
  }
  return message => conditions.every(holds => holds(message))
}

/** The same for messages as rows. */
export const rowFilter = (flags: FilterFlags): ((row: MessageRow) => boolean) => {
  const matches = messageFilter(flags)
  return ({ body, bodyEncoding, properties }) =>
    matches({ body: Buffer.from(body, bodyEncoding), properties: new Map(Object.entries(properties)) })
}

/** `*` = any text, `?` = one character; everything else stands for itself. */
export const globPattern = (glob: string): RegExp => {
  const source = glob.replaceAll(/[\\^$.*+?()[\]{}|]/g, character =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`
  )
  return new RegExp(`^${source}$`, 's')
}

const regularExpression = (source: string): RegExp => {
  try {
    return new RegExp(source)
  } catch (error) {
    throw new MqError('MQ_USAGE', `--grep ${JSON.stringify(source)} is no regular expression: ${errorText(error)}`)
  }
}
