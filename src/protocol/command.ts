/**
 * A remoting command: one request or one response, decoded from its frame.
 * Java: org.apache.rocketmq.remoting.protocol.RemotingCommand.
 */

/** How the header is laid out on the wire; an answer takes the form of its request. */
export const headerForms = { json: 0, binary: 1 } as const
export type HeaderForm = (typeof headerForms)[keyof typeof headerForms]

/** Bits of `flag`. */
export const commandFlags = { response: 1, oneWay: 2 } as const

export interface Command {
  /** Request code, or response code when the response bit of `flag` is set. */
  readonly code: number
  /** Ordinal of Java's LanguageCode; see languages.ts. Unknown names read as OTHER. */
  readonly language: number
  /** Ordinal of Java's MQVersion; see versions.ts. */
  readonly version: number
  /** Pairs a response with its request; per connection and direction. 32 bit, signed. */
  readonly opaque: number
  readonly flag: number
  readonly remark: string | undefined
  /** Java's extFields: every header field and every extra field, as text. */
  readonly fields: ReadonlyMap<string, string>
  readonly body: Buffer
  readonly form: HeaderForm
}

/** What a header tells; the frame adds form and body. */
export type HeaderPart = Omit<Command, 'form' | 'body'>

/** Fields of one header, in either form. */
export const extFieldsMax = 512

export const emptyBody = Buffer.alloc(0)
export const noFields: ReadonlyMap<string, string> = new Map()

export const isResponse = (command: Command): boolean => (command.flag & commandFlags.response) !== 0
export const isOneWay = (command: Command): boolean => (command.flag & commandFlags.oneWay) !== 0
