/** Settings as people type and look them up. Pure. */
import type { ConfigEntry } from '../admin/shared-rows.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { Column } from './table.ts'

export const settingColumns: readonly Column<ConfigEntry>[] = [
  { title: 'KEY', value: entry => entry.key },
  { title: 'VALUE', value: entry => entry.value }
]

/** The setting of that name. Throws MQ_NOT_FOUND, with the name that was meant. */
export const oneSetting = (
  entries: readonly ConfigEntry[],
  key: string,
  who = 'the broker',
  command = 'mq broker config list'
): ConfigEntry => {
  const found = entries.find(entry => entry.key === key)
  if (found !== undefined) return found
  const keys = entries.map(entry => entry.key)
  const meant = nearest(key, keys)
  throw new MqError('MQ_NOT_FOUND', `${who} has no setting ${key}`, {
    suggestions: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), `\`${command}\` shows all`]
  })
}

/** `KEY=VALUE` arguments. Throws MQ_USAGE. */
export const parseSettings = (texts: readonly string[]): ConfigEntry[] =>
  texts.map(text => {
    const match = /^([A-Za-z][\w.-]*)=([^\n\r]*)$/.exec(text)
    if (match === null) throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is not of the form key=value`)
    return { key: match[1]!, value: match[2]! }
  })
