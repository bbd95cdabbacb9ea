/**
 * Frames: a 4-byte length, the header's form in one byte and its length in three, the header, the body.
 * Java: RemotingCommand.encode, RemotingCommand.decode, NettyDecoder.
 */
import { MqError } from '../kit/errors.ts'
import { type Command, headerForms } from './command.ts'
import { binaryHeaderSize, readBinaryHeader, writeBinaryHeader } from './header-binary.ts'
import { jsonHeader, readJsonHeader } from './header-json.ts'

/** Apache closes a connection that announces more; a peer may be set to less. Bytes after the length field. */
export const frameBytesMax = 16 * 1024 * 1024
/** Bytes of a header, whatever its form. */
export const headerBytesMax = 256 * 1024
/** Length field, header's form and length. */
const framePrefixBytes = 8

/** The command as a whole frame. Throws MQ_HEADER_INVALID for a header that its form cannot carry. */
export const encodeFrame = (command: Command): Buffer => {
  const json = command.form === headerForms.json ? jsonHeader(command) : ''
  const headerBytes = json === '' ? binaryHeaderSize(command) : Buffer.byteLength(json)
  if (headerBytes > headerBytesMax) {
    throw new MqError('MQ_HEADER_INVALID', `a header of ${headerBytes} bytes is larger than ${headerBytesMax}`)
  }
  const bodyAt = framePrefixBytes + headerBytes
  const bytes = Buffer.allocUnsafe(bodyAt + command.body.length)
  bytes.writeUInt32BE(bytes.length - 4)
  bytes.writeUInt32BE(command.form * 0x1000000 + headerBytes, 4)
  if (json === '') writeBinaryHeader(command, bytes, framePrefixBytes)
  else bytes.write(json, framePrefixBytes)
  command.body.copy(bytes, bodyAt)
  return bytes
}

/**
 * Decodes a frame whose length field has been read: `start` is the byte after it, `end` the byte after the frame. The
 * body is a part of `bytes`, not a copy. Throws MQ_FRAME_INVALID or MQ_HEADER_INVALID; nothing outside is touched.
 */
export const decodeFrame = (bytes: Buffer, start: number, end: number): Command => {
  if (end - start < 4) throw new MqError('MQ_FRAME_INVALID', `a frame of ${end - start} bytes has no room for a header`)
  const form = bytes[start]
  const headerBytes = bytes.readUIntBE(start + 1, 3)
  const headerAt = start + 4
  if (headerBytes > end - headerAt) {
    throw new MqError('MQ_FRAME_INVALID', `a header of ${headerBytes} bytes in a frame of ${end - start} bytes`)
  }
  if (headerBytes > headerBytesMax) {
    throw new MqError('MQ_FRAME_INVALID', `a header of ${headerBytes} bytes is larger than ${headerBytesMax}`)
  }
  const headerEnd = headerAt + headerBytes
  if (form === headerForms.json) {
    return { ...readJsonHeader(bytes, headerAt, headerEnd), form, body: bytes.subarray(headerEnd, end) }
  }
  if (form === headerForms.binary) {
    return { ...readBinaryHeader(bytes, headerAt, headerEnd), form, body: bytes.subarray(headerEnd, end) }
  }
  throw new MqError('MQ_FRAME_INVALID', `the header is in the unknown form ${form}; known are 0 (JSON) and 1 (binary)`)
}
