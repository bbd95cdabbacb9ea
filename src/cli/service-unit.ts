/** `mq service`: systemd units that run a NameServer or a broker. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { errorText, MqError } from '../kit/errors.ts'
import type { ServiceUnit } from './result-rows.ts'

export const serviceRoles = ['namesrv', 'broker'] as const
export type ServiceRole = (typeof serviceRoles)[number]

export const serviceArgs = {
  role: Args.string({ required: true, options: [...serviceRoles], description: 'what the service runs' })
}

export const serviceFlags = {
  systemd: Flags.boolean({ default: true, allowNo: false, description: 'a unit for systemd, the only kind there is' }),
  user: Flags.boolean({ description: 'a service of this user, without root' }),
  config: Flags.string({ char: 'c', helpValue: 'FILE', description: 'settings: broker.conf or namesrv.conf' }),
  namesrv: Flags.string({ char: 'n', helpValue: 'HOST:PORT[;…]', description: 'for a broker: where it registers' }),
  'unit-dir': Flags.string({ helpValue: 'DIR', description: 'where units are, if not in the usual place of systemd' })
}

export interface ServiceFlags {
  readonly user: boolean
  readonly config?: string | undefined
  readonly namesrv?: string | undefined
  readonly 'unit-dir'?: string | undefined
}

/** A word of ExecStart: systemd splits at blanks and replaces `%` and `$`. */
export const unitWord = (word: string): string => {
  const safe = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  if (/[\n\r\0]/.test(safe))
    throw new MqError('MQ_USAGE', `${JSON.stringify(word)} has a line break, which no unit can hold`)
  return /^[\w@%+=:,./$-]+$/.test(safe) ? safe : `"${safe.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

const commandOf = (role: ServiceRole, { config, namesrv }: ServiceFlags, bin: string): string => {
  // %S is where StateDirectory= lies; it is systemd's own, so it is not escaped.
  const dataDir = `%S/mq/${role}`
  const words = [process.execPath, bin, role, 'start', '--log-format', 'json']
  if (config !== undefined) words.push('-c', resolve(config))
  if (namesrv !== undefined) words.push('-n', namesrv)
  return [...words.map(unitWord), '--data-dir', dataDir].join(' ')
}

/** The unit, and where it belongs. `root` = the package's directory. Throws MQ_USAGE. */
export const serviceUnit = (role: ServiceRole, flags: ServiceFlags, root: string, dryRun = false): ServiceUnit => {
  const { user, config, namesrv } = flags
  if (role === 'namesrv' && namesrv !== undefined) {
    throw new MqError('MQ_USAGE', 'a NameServer does not register anywhere; --namesrv is for brokers')
  }
  if (config !== undefined && !existsSync(config)) throw new MqError('MQ_USAGE', `there is no file ${config}, for -c`)
  const unit = `mq-${role}.service`
  const values: ReadonlyMap<string, string> = new Map([
    ['description', role === 'broker' ? 'mq broker (RocketMQ)' : 'mq NameServer (RocketMQ)'],
    ['after', role === 'broker' ? ' mq-namesrv.service' : ''],
    ['exec', commandOf(role, flags, join(root, 'bin/run.js'))],
    ['role', role],
    ['identity', user ? '' : 'DynamicUser=yes\nProtectSystem=strict\nProtectHome=read-only\nNoNewPrivileges=yes'],
    ['target', user ? 'default.target' : 'multi-user.target']
  ])
  const template = readFileSync(join(root, 'templates/mq.service'), 'utf8')
  const text = template
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? '')
    .replaceAll(/\n{3,}/g, '\n\n')
  const systemctl = user ? 'systemctl --user' : 'sudo systemctl'
  const next = [`${systemctl} daemon-reload`, `${systemctl} enable --now mq-${role}`, `${systemctl} status mq-${role}`]
  return { unit, path: join(unitDir(flags), unit), text, dryRun, next }
}

const unitDir = ({ user, 'unit-dir': dir }: ServiceFlags): string => {
  if (dir !== undefined) return resolve(dir)
  const config = process.env['XDG_CONFIG_HOME']
  return user ? join(config || join(homedir(), '.config'), 'systemd/user') : '/etc/systemd/system'
}

const mark = '# Written by `mq service install`.'

/** Whether there is a unit of ours. Throws MQ_ALREADY_EXISTS for one that somebody else wrote. */
export const installedUnit = ({ path }: ServiceUnit): string | undefined => {
  if (!existsSync(path)) return undefined
  const text = readFileSync(path, 'utf8')
  if (text.startsWith(mark)) return text
  throw new MqError('MQ_ALREADY_EXISTS', `${path} is there and was not written by mq; nothing was changed`)
}

/** Writes the unit, whole or not at all. Throws MQ_NOT_PERMITTED. */
export const writeUnit = ({ path, text }: ServiceUnit): void =>
  changing(path, () => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.part`, text, { mode: 0o644 })
    renameSync(`${path}.part`, path)
  })

export const removeUnit = ({ path }: ServiceUnit): void => changing(path, () => rmSync(path))

const changing = (path: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    throw new MqError('MQ_NOT_PERMITTED', `${path} cannot be changed: ${errorText(error)}`, {
      cause: error,
      suggestions: ['run it as root', 'add --user for a service of your own']
    })
  }
}
