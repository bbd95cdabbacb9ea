/**
 * The control socket of a daemon: a unix socket in its data directory, for its own user only. One JSON line asks
 * (`{"do":"status"}`, `{"do":"stop"}`), one JSON line answers; after `stop` the connection stays open until the daemon
 * is gone, which is how the one who asked knows.
 */
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { getuid } from 'node:process'
import type { Clock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { DaemonFiles } from './data-dirs.ts'

export type DaemonState = 'starting' | 'ready' | 'stopping'

export interface DaemonStatus {
  readonly kind: string
  readonly state: DaemonState
  readonly pid: number
  readonly version: string
  /** Milliseconds since 1970. */
  readonly startedMs: number
  readonly dataDir: string
  /** `host:port` by role. */
  readonly addresses: Readonly<Record<string, string>>
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

export interface Control {
  close(): void
}

const requestBytesMax = 4096
const answerBytesMax = 1024 * 1024

/** Opens the socket. Throws MQ_ALREADY_RUNNING when a daemon answers there. */
export const openControl = async (
  files: DaemonFiles,
  clock: Clock,
  handlers: { status(): DaemonStatus; stop(): void }
): Promise<Control> => {
  const running = await daemonStatus(files, clock)
  if (running !== undefined) {
    throw new MqError('MQ_ALREADY_RUNNING', `\`mq ${files.kind}\` with pid ${running.pid} runs in ${files.dir} already`)
  }
  if (dirname(files.socket) !== files.dir) ownDirectory(dirname(files.socket))
  rmSync(files.socket, { force: true })
  const server = createServer(socket => serve(socket, handlers))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(files.socket, resolve)
  })
  chmodSync(files.socket, 0o600)
  return { close: () => closeControl(server, files.socket) }
}

const closeControl = (server: Server, path: string): void => {
  server.close()
  rmSync(path, { force: true })
}

/** In the shared temporary directory somebody else may have made our directory first. */
const ownDirectory = (dir: string): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const found = lstatSync(dir)
  if (getuid !== undefined && (found.uid !== getuid() || !found.isDirectory())) {
    throw new MqError('MQ_NOT_PERMITTED', `the directory ${dir} belongs to another user`)
  }
}

const serve = (socket: Socket, handlers: { status(): DaemonStatus; stop(): void }): void => {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  socket.on('data', (part: string) => {
    text += part
    const end = text.indexOf('\n')
    if (end < 0) {
      if (text.length > requestBytesMax) socket.destroy()
      return
    }
    const wish = wishOf(text.slice(0, end))
    text = ''
    if (wish === undefined) return socket.destroy()
    const answer = `${JSON.stringify(handlers.status())}\n`
    if (wish === 'status') socket.end(answer)
    else {
      socket.write(answer)
      handlers.stop()
    }
  })
}

const wishOf = (line: string): 'status' | 'stop' | undefined => {
  try {
    const wish = (JSON.parse(line) as { do?: unknown }).do
    return wish === 'status' || wish === 'stop' ? wish : undefined
  } catch {
    return undefined
  }
}

/** The status of the daemon in a data directory, or undefined when none runs there. */
export const daemonStatus = (files: DaemonFiles, clock: Clock): Promise<DaemonStatus | undefined> =>
  ask(files, 'status', 5000, clock, false)

/** Stops the daemon and resolves when it is gone. Throws MQ_NOT_RUNNING, MQ_TIMEOUT. */
export const stopDaemon = async (files: DaemonFiles, timeoutMs: number, clock: Clock): Promise<DaemonStatus> => {
  const status = await ask(files, 'stop', timeoutMs, clock, true)
  if (status === undefined) throw notRunning(files)
  return status
}

export const notRunning = (files: DaemonFiles): MqError =>
  new MqError('MQ_NOT_RUNNING', `no \`mq ${files.kind}\` runs in ${files.dir}`, {
    suggestions: [`start one: \`mq ${files.kind === 'dev' ? 'dev' : `${files.kind} start`}\``, 'name its --data-dir']
  })

const ask = (
  files: DaemonFiles,
  wish: 'status' | 'stop',
  timeoutMs: number,
  clock: Clock,
  untilGone: boolean
): Promise<DaemonStatus | undefined> =>
  new Promise((resolve, reject) => {
    const socket = connect(files.socket)
    const timer = clock.after(timeoutMs, () => {
      const what = wish === 'stop' ? 'did not stop' : 'did not answer'
      fail(new MqError('MQ_TIMEOUT', `\`mq ${files.kind}\` in ${files.dir} ${what} within ${timeoutMs / 1000} s`))
    })
    const fail = (error: Error): void => {
      timer.cancel()
      socket.destroy()
      reject(error)
    }
    let text = ''
    socket.setEncoding('utf8')
    socket.once('connect', () => socket.write(`${JSON.stringify({ do: wish })}\n`))
    socket.on('data', (part: string) => {
      text += part
      if (text.length > answerBytesMax)
        fail(new MqError('MQ_BODY_INVALID', 'the answer on the control socket is too long'))
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') {
        timer.cancel()
        resolve(undefined)
      } else if (!untilGone || text === '') {
        fail(new MqError('MQ_CONNECT_FAILED', `the control socket ${files.socket} fails: ${errorText(error)}`))
      }
    })
    socket.once('close', () => {
      timer.cancel()
      try {
        resolve(text === '' ? undefined : (JSON.parse(text) as DaemonStatus))
      } catch {
        reject(
          new MqError('MQ_CONNECTION_CLOSED', `\`mq ${files.kind}\` in ${files.dir} ended in the middle of its answer`)
        )
      }
    })
  })
