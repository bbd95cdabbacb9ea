/**
 * Recognises clients of other protocols by the first four bytes they send: as a frame's length they would be absurd.
 * They get an answer in their own language where there is one, and the log says what happened.
 */

export interface Foreign {
  readonly sentence: string
  /** What to send before the connection is closed. */
  readonly answer: Buffer | undefined
}

const httpMethods = new Set(['GET ', 'HEAD', 'POST', 'PUT ', 'DELE', 'OPTI', 'PATC', 'TRAC', 'CONN'])

const http1Answer = (sentence: string): Buffer => {
  const body = `${sentence}\n`
  return Buffer.from(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`
  )
}

/** An empty SETTINGS frame, then GOAWAY with PROTOCOL_ERROR and the sentence as debug data: gRPC libraries print it. */
const http2Answer = (sentence: string): Buffer => {
  const text = Buffer.from(sentence)
  const goAway = Buffer.alloc(9 + 8)
  goAway.writeUIntBE(8 + text.length, 0, 3)
  goAway[3] = 7
  goAway.writeUInt32BE(1, 13)
  return Buffer.concat([Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]), goAway, text])
}

/** `what` says whose port this is, such as "the NameServer". Undefined: not a protocol that is known here. */
export const recognise = (first: Buffer, what: string): Foreign | undefined => {
  const word = first.toString('latin1', 0, 4)
  if (word === 'PRI ') {
    const sentence = `this is ${what}, which speaks RocketMQ remoting; gRPC clients use the gRPC port (8081 by default)`
    return { sentence, answer: http2Answer(sentence) }
  }
  if (httpMethods.has(word)) {
    const sentence = `this is ${what}, which speaks RocketMQ remoting, not HTTP; HTTP is served on the listen port - 1`
    return { sentence, answer: http1Answer(sentence) }
  }
  if (first[0] === 0x16 && first[1] === 3) {
    return { sentence: `a TLS handshake arrived at ${what}, which does not offer TLS`, answer: undefined }
  }
  return undefined
}
