/**
 * Golden frames: what real clients and Apache's servers sent, one whole frame a file, recorded by
 * `npx tsx test/interop/record/record.ts`. The first line says where the frame comes from, the rest is hex.
 * File names: SENDER-REQUEST-request.hex and SENDER-REQUEST-response-CODE.hex.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { type DeclaredRequest, declaredRequests } from '../../scripts/protocol-table.ts'

export interface GoldenFrame {
  readonly file: string
  readonly origin: string
  /** `java-5.5.0`, `apache-5.5.0` (the servers), … */
  readonly sender: string
  /** Name of the request as in the file, such as `pull-message`; for a response the request that it answers. */
  readonly requestName: string
  /** Undefined for a code that mq does not know. */
  readonly request: DeclaredRequest['request'] | undefined
  /** Response code by the file's name; undefined for a request. */
  readonly answerCode: number | undefined
  /** The whole frame, its length field included. */
  readonly bytes: Buffer
}

const folder = new URL('golden/', import.meta.url)

/** Every frame of the folder. Throws when a file has not the form described above. */
export const goldenFrames = async (): Promise<GoldenFrame[]> => {
  const declared = (await declaredRequests()).map(({ request }) => request)
  const byName = new Map(declared.map(request => [request.name.toLowerCase().replaceAll('_', '-'), request]))
  // Longest first: `send-message` also ends what `…-send-message` begins.
  const names = [...byName.keys()].sort((one, other) => other.length - one.length)
  return readdirSync(folder).map(file => {
    const parts = /^(.+)-(request|response-(-?\d+))\.hex$/.exec(file)
    const [origin = '', ...hex] = readFileSync(new URL(file, folder), 'utf8').split('\n')
    const bytes = Buffer.from(hex.join(''), 'hex')
    if (parts === null || origin === '' || bytes.length * 2 !== hex.join('').length) {
      throw new Error(`${file} is no golden frame: see test/wire/golden.ts`)
    }
    const [, stem = '', , code] = parts
    const requestName = names.find(name => stem.endsWith(`-${name}`)) ?? stem.replace(/^.*-(?=code-\d+$)/, '')
    return {
      file,
      origin,
      sender: stem.slice(0, -requestName.length - 1),
      requestName,
      request: byName.get(requestName),
      answerCode: code === undefined ? undefined : Number(code),
      bytes
    }
  })
}
