/**
 * Finds what is needed to answer a frame whose header cannot be read: whom the answer is for. Better a caller that gets
 * an error at once than one that waits for its timeout.
 */
import { commandFlags, type HeaderForm, headerForms } from '../protocol/command.ts'

export interface Salvaged {
  readonly form: HeaderForm
  readonly opaque: number
  readonly response: boolean
  readonly oneWay: boolean
}

/** Both fields stand near an end of the header in every known client; nobody's whole header is searched. */
const searchedBytes = 4096
const opaquePattern = /(?<!\\)"opaque"\s*:\s*"?(-?\d{1,10})\b/
const flagPattern = /(?<!\\)"flag"\s*:\s*"?(\d{1,10})\b/

const found = (form: HeaderForm, opaque: number, flag: number): Salvaged | undefined =>
  opaque === (opaque | 0)
    ? {
        form,
        opaque,
        response: (flag & commandFlags.response) !== 0,
        oneWay: (flag & commandFlags.oneWay) !== 0
      }
    : undefined

/** `start` is the first byte after the frame's length field. */
export const salvage = (bytes: Buffer, start: number, end: number): Salvaged | undefined => {
  if (end - start < 4) return undefined
  const form = bytes[start]
  const headerAt = start + 4
  const headerEnd = headerAt + bytes.readUIntBE(start + 1, 3)
  if (headerEnd > end) return undefined
  if (form === headerForms.binary) {
    if (headerEnd - headerAt < 13) return undefined
    return found(form, bytes.readInt32BE(headerAt + 5), bytes.readInt32BE(headerAt + 9))
  }
  if (form !== headerForms.json) return undefined
  const head = bytes.toString('latin1', headerAt, Math.min(headerEnd, headerAt + searchedBytes))
  const tail = bytes.toString('latin1', Math.max(headerAt, headerEnd - searchedBytes), headerEnd)
  const opaque = opaquePattern.exec(tail) ?? opaquePattern.exec(head)
  if (opaque === null) return undefined
  const flag = flagPattern.exec(tail) ?? flagPattern.exec(head)
  return found(form, Number(opaque[1]), Number(flag?.[1] ?? 0))
}
