/** mq's own commands, run against whichever server: each with its input and what must be the same everywhere. */
import { execFile } from 'node:child_process'
import { mqCommand } from './server.ts'

export interface CommandCase {
  readonly name: string
  /** Words after `mq`; `ID` stands for the unique id of the first message, `OFFSET_ID` for its offset id. */
  readonly args: readonly string[]
  readonly stdin?: string
  /** How many items the list must hold, so that two empty lists do not pass for equal. */
  readonly items?: number
  readonly exit?: number
}

const topic = 'M_Topic'

export const commandCases: readonly CommandCase[] = [
  { name: 'topic create', args: ['topic', 'create', topic, '--queues', '3', '--json'] },
  { name: 'topic create again', args: ['topic', 'create', topic, '--queues', '3', '--json'], exit: 5 },
  { name: 'topic create if not exists', args: ['topic', 'create', topic, '--if-not-exists', '--json'] },
  {
    name: 'topic create or update',
    args: ['topic', 'create', topic, '--queues', '2', '--attr', 'message.type=NORMAL', '--or-update', '--json']
  },
  { name: 'topic create of a bad name', args: ['topic', 'create', 'a+b', '--json'], exit: 2 },
  { name: 'produce a text', args: ['produce', topic, 'first', '--queue', '0', '-k', 'k1', '-t', 'TagA', '--json'] },
  {
    name: 'produce lines',
    args: ['produce', topic, '--queue', '1', '-k', 'many', '-t', 'TagB', '-H', 'own=grün', '--json'],
    stdin: 'one\ntwo\nthree\n'
  },
  { name: 'consume without a group', args: ['consume', topic, '-O', 'start', '-e', '--json'], items: 4 },
  { name: 'consume by tag', args: ['consume', topic, '-O', 'start', '-e', '--tags', 'TagA', '--json'], items: 1 },
  {
    name: 'consume the last two of a queue',
    args: ['consume', topic, '--queue', '1', '-O', '-2', '-e', '--json'],
    items: 2
  },
  { name: 'consume as a group', args: ['consume', topic, '-g', 'M_Group', '-N', '4', '--json'], items: 4 },
  { name: 'topic describe', args: ['topic', 'describe', topic, '--json'] },
  { name: 'topic route', args: ['topic', 'route', topic, '--json'] },
  { name: 'topic list', args: ['topic', 'list', '--match', 'M_.*', '--json'], items: 1 },
  { name: 'message query by key', args: ['message', 'query', '--topic', topic, '--key', 'many', '--json'], items: 3 },
  { name: 'message query by no key', args: ['message', 'query', '--topic', topic, '--key', 'none', '--json'], exit: 4 },
  {
    name: 'message query by offset',
    args: ['message', 'query', '--topic', topic, '--offset', 'broker-a/1/2', '--json'],
    items: 1
  },
  {
    name: 'message query beyond the end',
    args: ['message', 'query', '--topic', topic, '--offset', 'broker-a/1/99', '--json'],
    exit: 4
  },
  { name: 'message query by id', args: ['message', 'query', '--topic', topic, '--id', 'ID', '--json'], items: 1 },
  {
    name: 'message query by offset id',
    args: ['message', 'query', '--topic', topic, '--id', 'OFFSET_ID', '--json'],
    items: 1
  },
  { name: 'cluster list', args: ['cluster', 'list', '--json'], items: 1 },
  // Set before it is read: what mqadmin set earlier outlives a restart on mq, and not on Apache.
  { name: 'broker config set', args: ['broker', 'config', 'set', 'fileReservedTime=49', '--json'] },
  { name: 'broker config get', args: ['broker', 'config', 'get', 'fileReservedTime', '--json'] },
  {
    name: 'broker config list',
    args: ['broker', 'config', 'list', '--match', 'fileReservedTime|maxMessageSize', '--json']
  },
  { name: 'topic delete without a word', args: ['topic', 'delete', topic, '--json'], exit: 11 },
  { name: 'topic delete', args: ['topic', 'delete', topic, '--confirm', topic, '--json'] },
  { name: 'topic describe after the end', args: ['topic', 'describe', topic, '--json'], exit: 4 },
  { name: 'topic route after the end', args: ['topic', 'route', topic, '--json'], exit: 4 }
]

export interface Outcome {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `mq` with `args` against the NameServer. */
export const runMq = (namesrv: string, args: readonly string[], stdin = ''): Promise<Outcome> =>
  new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [mqCommand, ...args],
      { env: { ...process.env, NAMESRV_ADDR: namesrv, NO_COLOR: '1' }, timeout: 40_000, maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ exit, stdout, stderr })
      }
    )
    child.stdin!.end(stdin)
  })

/** Messages of several queues are printed as they come. */
const inOrder = (lines: readonly string[]): string[] => {
  const place = (line: string): string => {
    const { queueId, queueOffset } = JSON.parse(line) as { queueId?: number; queueOffset?: number }
    return `${queueId ?? ''} ${String(queueOffset ?? '').padStart(12, '0')}`
  }
  return [...lines].sort((a, b) => place(a).localeCompare(place(b)))
}

/** The JSON documents that a command printed: one, or one a line. */
export const documents = (stdout: string): unknown[] => {
  if (stdout.trim() === '') return []
  try {
    return [JSON.parse(stdout)]
  } catch {
    return inOrder(stdout.trim().split('\n')).map(line => JSON.parse(line) as unknown)
  }
}
