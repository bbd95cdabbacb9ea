/** Where daemons keep their data when nobody says, and the files that each puts there for `stop`, `status` and `logs`. */
import { createHash } from 'node:crypto'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

export type DaemonKind = 'dev' | 'namesrv' | 'broker'

type Env = Readonly<Record<string, string | undefined>>

/** `~/.local/share/mq/NAME`, or below XDG_DATA_HOME. */
export const defaultDataDir = (name: string, env: Env): string => {
  const base = env['XDG_DATA_HOME']
  return join(base === undefined || base === '' ? join(homedir(), '.local', 'share') : base, 'mq', name)
}

export interface DaemonFiles {
  readonly kind: DaemonKind
  readonly dir: string
  readonly pid: string
  readonly socket: string
  /** What a detached daemon logs. */
  readonly log: string
}

/** The kernel takes no longer path for a unix socket (108 bytes on Linux, 104 elsewhere). */
const socketPathMax = 100

export const daemonFiles = (kind: DaemonKind, dataDir: string): DaemonFiles => {
  const dir = resolve(dataDir)
  const socket = join(dir, `${kind}.sock`)
  return {
    kind,
    dir,
    pid: join(dir, `${kind}.pid`),
    socket: Buffer.byteLength(socket) <= socketPathMax ? socket : shortSocket(socket),
    log: join(dir, `${kind}.log`)
  }
}

/** For deep directories: a name made of the path, in a directory of this user only (control.ts makes it so). */
const shortSocket = (path: string): string =>
  join(tmpdir(), `mq-${userInfo().uid}`, `${createHash('sha256').update(path).digest('hex').slice(0, 24)}.sock`)
