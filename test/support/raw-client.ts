/**
 * A RocketMQ connection of bytes, for tests that attack or measure: frames are made here by hand, so that a fault in
 * our codec cannot hide itself, and anything may be sent. Answers are parsed strictly.
 */
import { connect, type Socket } from 'node:net'

export type Fields = Readonly<Record<string, string | number | boolean>>

export interface FrameOptions {
  readonly opaque?: number
  readonly flag?: number
  readonly version?: number
  readonly language?: string
  readonly remark?: string
}

export interface RawAnswer {
  readonly code: number
  readonly opaque: number
  readonly flag: number
  readonly remark: string
  readonly fields: ReadonlyMap<string, string>
  readonly body: Buffer
}

/** A frame around any header bytes. */
export const frameOf = (header: Buffer, body: Buffer, headerForm = 0): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(4 + header.length + body.length, 0)
  head.writeUInt32BE((headerForm & 0xff) * 0x1000000 + header.length, 4)
  return Buffer.concat([head, header, body])
}

export const jsonHeader = (code: number, fields: Fields, options: FrameOptions = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      code,
      extFields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
      flag: options.flag ?? 0,
      language: options.language ?? 'JAVA',
      opaque: options.opaque ?? 1,
      ...(options.remark === undefined ? {} : { remark: options.remark }),
      serializeTypeCurrentRPC: 'JSON',
      version: options.version ?? 513
    })
  )

export const binaryHeader = (code: number, fields: Fields, options: FrameOptions = {}): Buffer => {
  const ext = Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => {
      const key = Buffer.from(name)
      const text = Buffer.from(String(value))
      const sizes = [Buffer.alloc(2), Buffer.alloc(4)] as const
      sizes[0].writeInt16BE(key.length)
      sizes[1].writeInt32BE(text.length)
      return [sizes[0], key, sizes[1], text]
    })
  )
  const remark = Buffer.from(options.remark ?? '')
  const bytes = Buffer.alloc(21 + remark.length)
  bytes.writeUInt16BE(code & 0xffff, 0)
  bytes.writeUInt8(0, 2)
  bytes.writeInt16BE(options.version ?? 513, 3)
  bytes.writeInt32BE(options.opaque ?? 1, 5)
  bytes.writeInt32BE(options.flag ?? 0, 9)
  bytes.writeInt32BE(remark.length, 13)
  remark.copy(bytes, 17)
  bytes.writeInt32BE(ext.length, 17 + remark.length)
  return Buffer.concat([bytes, ext])
}

const parseJsonHeader = (header: Buffer, body: Buffer): RawAnswer => {
  const text = header.toString('utf8')
  const parsed = JSON.parse(text) as Record<string, unknown>
  const { code, opaque, flag, remark, extFields } = parsed
  return {
    code: code as number,
    opaque: opaque as number,
    flag: flag as number,
    remark: typeof remark === 'string' ? remark : '',
    fields: new Map(Object.entries((extFields ?? {}) as Record<string, string>)),
    body
  }
}

const parseBinaryHeader = (header: Buffer, body: Buffer): RawAnswer => {
  const remarkSize = header.readInt32BE(13)
  const fields = new Map<string, string>()
  let at = 17 + remarkSize
  const end = at + 4 + header.readInt32BE(at)
  at += 4
  while (at < end) {
    const keySize = header.readInt16BE(at)
    const valueSize = header.readInt32BE(at + 2 + keySize)
    const value = at + 6 + keySize
    fields.set(header.toString('utf8', at + 2, at + 2 + keySize), header.toString('utf8', value, value + valueSize))
    at = value + valueSize
  }
  return {
    code: header.readInt16BE(0),
    opaque: header.readInt32BE(5),
    flag: header.readInt32BE(9),
    remark: header.toString('utf8', 17, 17 + remarkSize),
    fields,
    body
  }
}

/** Bytes after the length field. Throws when they are no frame. */
export const parseFrame = (bytes: Buffer): RawAnswer => {
  const meta = bytes.readUInt32BE(0)
  const headerSize = meta & 0xffffff
  const header = bytes.subarray(4, 4 + headerSize)
  const body = Buffer.from(bytes.subarray(4 + headerSize))
  return meta >>> 24 === 1 ? parseBinaryHeader(header, body) : parseJsonHeader(header, body)
}

interface Waiting {
  resolve(answer: RawAnswer): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

export class RawClient {
  /** Resolves when the connection is over, by whomever. */
  readonly closed: Promise<void>
  isClosed = false
  /** Why what the server sent is no frame, if it once was none. */
  fault: string | undefined
  /** Requests and answers that nobody waits for. */
  onFrame: (frame: RawAnswer) => void = () => {}
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  #pending: Buffer = Buffer.alloc(0)
  #opaque = 1

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', chunk => this.#take(chunk))
    socket.on('error', () => {})
    this.closed = new Promise(resolve => {
      socket.on('close', () => {
        this.isClosed = true
        for (const { reject, timer } of this.#waiting.values()) {
          clearTimeout(timer)
          reject(new Error('the connection was closed'))
        }
        this.#waiting.clear()
        resolve()
      })
    })
  }

  static async connect(port: number, host = '127.0.0.1'): Promise<RawClient> {
    const socket = connect({ port, host })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new RawClient(socket)
  }

  /** Sends a request and waits for its answer. Rejects on a time-out and when the connection ends. */
  ask(code: number, fields: Fields, body: Buffer = Buffer.alloc(0), timeoutMs = 5_000): Promise<RawAnswer> {
    const opaque = this.nextOpaque()
    const answer = this.answerTo(opaque, timeoutMs)
    this.write(frameOf(jsonHeader(code, fields, { opaque }), body))
    return answer
  }

  answerTo(opaque: number, timeoutMs = 5_000): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        reject(new Error('the connection was closed'))
        return
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(opaque)
        reject(new Error(`no answer within ${timeoutMs} ms`))
      }, timeoutMs)
      this.#waiting.set(opaque, { resolve, reject, timer })
    })
  }

  nextOpaque(): number {
    return this.#opaque++
  }

  write(bytes: Buffer): void {
    if (!this.isClosed) this.#socket.write(bytes)
  }

  /** Half-closes: what was written still arrives. */
  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    let at = 0
    while (this.#pending.length - at >= 4) {
      const size = this.#pending.readUInt32BE(at)
      if (this.#pending.length - at < 4 + size) break
      const bytes = this.#pending.subarray(at + 4, at + 4 + size)
      at += 4 + size
      const frame = this.#parse(bytes)
      if (frame === undefined) return
      const waiting = (frame.flag & 1) === 1 ? this.#waiting.get(frame.opaque) : undefined
      if (waiting === undefined) this.onFrame(frame)
      else {
        this.#waiting.delete(frame.opaque)
        clearTimeout(waiting.timer)
        waiting.resolve(frame)
      }
    }
    this.#pending = Buffer.from(this.#pending.subarray(at))
  }

  #parse(bytes: Buffer): RawAnswer | undefined {
    try {
      return parseFrame(bytes)
    } catch (error) {
      this.fault = `${String(error)}: ${bytes.subarray(0, 200).toString('latin1')}`
      this.#socket.destroy()
      return undefined
    }
  }
}
