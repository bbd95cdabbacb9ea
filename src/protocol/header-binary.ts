/**
 * The binary form of a header ("ROCKETMQ"): fixed fields, then remark and fields with their lengths.
 * Java: RocketMQSerializable. Quirks it brings along:
 *
 * - The code has 16 bits, so no request above 32,767 (POP and newer) can travel in this form.
 * - A text of length 0 reads back as null, which is the same as an absent field.
 */
import { MqError } from '../kit/errors.ts'
import { extFieldsMax, type HeaderPart } from './command.ts'
import { languageNames, otherLanguage } from './languages.ts'

const fixedBytes = 2 + 1 + 2 + 4 + 4
const keyBytesMax = 32_767

const fieldsSize = (fields: ReadonlyMap<string, string>): number => {
  let size = 0
  for (const [name, value] of fields) size += 2 + Buffer.byteLength(name) + 4 + Buffer.byteLength(value)
  return size
}

/** Bytes of the header in this form. */
export const binaryHeaderSize = (header: HeaderPart): number =>
  fixedBytes + 4 + Buffer.byteLength(header.remark ?? '') + 4 + fieldsSize(header.fields)

/** Writes the header at `at` and returns the position after it. Throws MQ_HEADER_INVALID for a code above 16 bits. */
export const writeBinaryHeader = (header: HeaderPart, bytes: Buffer, at: number): number => {
  if (header.code > 0x7fff || header.code < -0x8000) {
    throw new MqError('MQ_HEADER_INVALID', `code ${header.code} does not fit into the 16 bits of the binary form`)
  }
  if (header.version > 0x7fff || header.version < -0x8000) {
    throw new MqError('MQ_HEADER_INVALID', `version ${header.version} does not fit into the 16 bits of the binary form`)
  }
  let to = bytes.writeInt16BE(header.code, at)
  to = bytes.writeUInt8(header.language, to)
  to = bytes.writeInt16BE(header.version, to)
  to = bytes.writeInt32BE(header.opaque, to)
  to = bytes.writeInt32BE(header.flag, to)
  to = writeLongText(header.remark ?? '', bytes, to)
  const fieldsAt = to + 4
  to = fieldsAt
  for (const [name, value] of header.fields) {
    const length = bytes.write(name, to + 2)
    if (length > keyBytesMax) throw new MqError('MQ_HEADER_INVALID', `a field name of ${length} bytes is too long`)
    bytes.writeInt16BE(length, to)
    to = writeLongText(value, bytes, to + 2 + length)
  }
  bytes.writeInt32BE(to - fieldsAt, fieldsAt - 4)
  return to
}

const writeLongText = (text: string, bytes: Buffer, at: number): number => {
  const length = bytes.write(text, at + 4)
  bytes.writeInt32BE(length, at)
  return at + 4 + length
}

/** Reads the header in `bytes[start, end)`. Throws MQ_HEADER_INVALID when a length points outside. */
export const readBinaryHeader = (bytes: Buffer, start: number, end: number): HeaderPart => {
  if (end - start < fixedBytes + 8) throw new MqError('MQ_HEADER_INVALID', 'the binary header is cut short')
  const remarkAt = start + fixedBytes + 4
  const remarkEnd = remarkAt + lengthAt(bytes, remarkAt - 4, end, 4)
  if (remarkEnd + 4 > end) throw new MqError('MQ_HEADER_INVALID', 'the binary header ends within its remark')
  const fieldsAt = remarkEnd + 4
  const fieldsEnd = fieldsAt + lengthAt(bytes, remarkEnd, end, 4)
  if (fieldsEnd !== end) throw new MqError('MQ_HEADER_INVALID', 'the binary header does not end with its fields')
  const language = bytes[start + 2] ?? otherLanguage
  return {
    code: bytes.readInt16BE(start),
    language: language < languageNames.length ? language : otherLanguage,
    version: bytes.readInt16BE(start + 3),
    opaque: bytes.readInt32BE(start + 5),
    flag: bytes.readInt32BE(start + 9),
    remark: remarkEnd > remarkAt ? bytes.toString('utf8', remarkAt, remarkEnd) : undefined,
    fields: readFields(bytes, fieldsAt, fieldsEnd)
  }
}

const readFields = (bytes: Buffer, start: number, end: number): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>()
  let at = start
  let count = 0
  while (at < end) {
    count += 1
    if (count > extFieldsMax) throw new MqError('MQ_HEADER_INVALID', `more than ${extFieldsMax} fields in one header`)
    const nameEnd = at + 2 + lengthAt(bytes, at, end, 2)
    const valueAt = nameEnd + 4
    const valueEnd = valueAt + lengthAt(bytes, nameEnd, end, 4)
    if (nameEnd > at + 2 && valueEnd > valueAt) {
      fields.set(bytes.toString('utf8', at + 2, nameEnd), bytes.toString('utf8', valueAt, valueEnd))
    }
    at = valueEnd
  }
  return fields
}

/** A length field of 2 or 4 bytes at `at`, checked against the room behind it. */
const lengthAt = (bytes: Buffer, at: number, end: number, width: 2 | 4): number => {
  const room = end - at - width
  const length = room < 0 ? -1 : width === 2 ? bytes.readInt16BE(at) : bytes.readInt32BE(at)
  if (length < 0 || length > room) {
    throw new MqError('MQ_HEADER_INVALID', `a text of ${length} bytes where ${Math.max(room, 0)} bytes are left`)
  }
  return length
}
