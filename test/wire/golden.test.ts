/** Every golden frame is understood, and written again it means the same; what Java wrote, byte for byte. */
import { expect } from 'chai'
import { type Command, headerForms, isResponse } from '../../src/protocol/command.ts'
import { parseJson } from '../../src/protocol/fastjson.ts'
import { decodeFrame, encodeFrame } from '../../src/protocol/frame.ts'
import { readHeader, writeHeader } from '../../src/protocol/schema.ts'
import { type GoldenFrame, goldenFrames } from './golden.ts'
import { answerBodies, requestBodies } from './golden-bodies.ts'

const frames = await goldenFrames()

const commandOf = ({ bytes }: GoldenFrame): Command => decodeFrame(bytes, 4, bytes.length)

/** Older and other clients order the names of a body as they like, and leave out what is false or new. */
const writtenByJava = ({ sender }: GoldenFrame): boolean => /^(java|apache|mqadmin)-5\.5/.test(sender)

/** Whether all that `part` says is also said by `whole`. */
const includes = (whole: unknown, part: unknown): boolean => {
  if (part instanceof Map) {
    return (
      whole instanceof Map && [...part].every(([name, value]) => value === null || includes(whole.get(name), value))
    )
  }
  if (Array.isArray(part)) {
    return Array.isArray(whole) && whole.length === part.length && part.every((value, at) => includes(whole[at], value))
  }
  return whole === part
}

const checkBody = (frame: GoldenFrame, body: Buffer): void => {
  if (body.length === 0) return
  const code = frame.request!.code
  const again = (frame.answerCode === undefined ? requestBodies : answerBodies)[code]
  expect(again, `test/wire/golden-bodies.ts lacks the body of ${frame.requestName}`).to.not.equal(undefined)
  const written = again!(body)
  if (writtenByJava(frame)) expect(written.toString('latin1')).to.equal(body.toString('latin1'))
  else if (body[0] === 0x7b) {
    expect(includes(parseJson(written), parseJson(body)), `${written} should say what ${body} says`).to.equal(true)
  } else expect(written.equals(body)).to.equal(true)
}

/** Whether a field of a binary header has a value of no length: its name, and then four zeros. */
const hasEmptyValue = (frame: Buffer): boolean => /[a-zA-Z]\0\0\0\0/.test(frame.toString('latin1'))

describe('golden frames', () => {
  it('are there', () => {
    expect(frames.length).to.be.greaterThan(0)
  })

  for (const frame of frames) {
    describe(frame.file, () => {
      it('is one whole frame, from a place that its first line names', () => {
        expect(frame.bytes.readUInt32BE(0)).to.equal(frame.bytes.length - 4)
        expect(frame.origin).to.match(/\w/)
        const command = commandOf(frame)
        expect(isResponse(command)).to.equal(frame.answerCode !== undefined)
        expect(command.code).to.equal(frame.answerCode ?? frame.request?.code ?? command.code)
      })

      it('means the same when written again, in either form', () => {
        const command = commandOf(frame)
        const written = encodeFrame(command)
        expect(decodeFrame(written, 4, written.length)).to.deep.equal(command)
        // Java writes empty values in the binary form, and reads them as absent: we leave them out.
        const whole = written.length === frame.bytes.length || !hasEmptyValue(frame.bytes)
        if (command.form === headerForms.binary && whole) {
          expect(written.toString('hex')).to.equal(frame.bytes.toString('hex'))
        }
        if (command.code > 0x7fff) return
        const form = command.form === headerForms.json ? headerForms.binary : headerForms.json
        const other = encodeFrame({ ...command, form })
        // In the binary form a text of no length is an absent one.
        const filled = new Map([...command.fields].filter(([, value]) => value !== ''))
        const kept =
          form === headerForms.json
            ? {}
            : { fields: filled, remark: command.remark === '' ? undefined : command.remark }
        expect(decodeFrame(other, 4, other.length)).to.deep.equal({ ...command, form, ...kept })
      })

      if (frame.request === undefined) return

      it('has a header that the schema of its request reads', () => {
        const { code, fields } = commandOf(frame)
        if (frame.answerCode !== undefined && frame.answerCode !== 0) return
        const schema = frame.answerCode === undefined ? frame.request!.header : frame.request!.reply
        const written = writeHeader(schema, readHeader(schema, fields))
        for (const [name, value] of fields) {
          if (name in schema) expect(written.get(name), `${name} of ${code}`).to.equal(value)
        }
      })

      it('has a body that is read, and written again means the same', () => {
        const { body } = commandOf(frame)
        if (frame.answerCode === undefined || frame.answerCode === 0) checkBody(frame, body)
        else if (body[0] === 0x7b) expect(parseJson(body)).to.be.instanceOf(Map)
      })
    })
  }
})
