/** Flags that set up a context, and the settings that they make. */
import { Flags } from '@oclif/core'
import { MqError } from '../kit/errors.ts'
import { type ContextSettings, contextColors, readSettings } from './context-settings.ts'

export const contextFlags = {
  namesrv: Flags.string({ char: 'n', helpValue: 'HOST:PORT[;…]', description: 'NameServers of the cluster' }),
  api: Flags.string({ helpValue: 'URL', description: 'HTTP admin API of the cluster' }),
  cluster: Flags.string({
    helpValue: 'NAME',
    description: 'the cluster that acts are meant for, when there are several'
  }),
  timeout: Flags.string({ helpValue: 'DURATION', description: 'time for one request' }),
  'token-file': Flags.string({
    helpValue: 'FILE',
    description: 'file that holds the token of the API; it is read at each call'
  }),
  'token-stdin': Flags.boolean({
    exclusive: ['token-file'],
    description: 'read the token from standard input and keep it in the context'
  }),
  map: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FROM=TO',
    description: 'an address that brokers give, and where it is reached from here; may be repeated'
  }),
  'read-only': Flags.boolean({ allowNo: true, description: 'refuse every change' }),
  color: Flags.option({ options: contextColors })({ description: 'colour of the name in the prompt' })
}

export interface ContextFlagValues {
  readonly namesrv?: string | undefined
  readonly api?: string | undefined
  readonly cluster?: string | undefined
  readonly timeout?: string | undefined
  readonly 'token-file'?: string | undefined
  readonly 'token-stdin'?: boolean
  readonly map?: readonly string[] | undefined
  readonly 'read-only'?: boolean | undefined
  readonly color?: string | undefined
}

/** What the flags say; those that are absent say nothing. Throws MQ_USAGE, MQ_CONFIG_INVALID. */
export const settingsOf = (flags: ContextFlagValues, token: string | undefined): ContextSettings => {
  const { namesrv, api, cluster, timeout, map, color } = flags
  const pairs: Record<string, unknown> = {
    namesrv: namesrv?.split(/[;,\s]+/).filter(part => part !== ''),
    api,
    cluster,
    timeout,
    tokenFile: flags['token-file'],
    token,
    map: map === undefined ? undefined : mapOf(map),
    readOnly: flags['read-only'],
    color
  }
  const given = Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined))
  return readSettings(given, 'the context')
}

const mapOf = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map(text => {
      const [from, to, ...more] = text.split('=')
      if (from === undefined || to === undefined || more.length > 0) {
        throw new MqError('MQ_USAGE', `--map ${JSON.stringify(text)} is not of the form HOST:PORT=HOST:PORT`)
      }
      return [from, to]
    })
  )

/** The token that standard input holds, when it is asked for. */
export const givenToken = async (flags: ContextFlagValues): Promise<string | undefined> => {
  if (flags['token-stdin'] !== true) return undefined
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8').trim()
}
