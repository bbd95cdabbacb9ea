/** How a consumer got on with one message, for CONSUME_MESSAGE_DIRECTLY. Java: ConsumeMessageDirectlyResult. */
import { flag, maybe, oneOf, record, type ShapeOf, text, whole } from './shape.ts'

export const consumeDirectlyResultShape = record({
  order: flag,
  autoCommit: flag,
  consumeResult: oneOf('CR_SUCCESS', 'CR_LATER', 'CR_ROLLBACK', 'CR_COMMIT', 'CR_THROW_EXCEPTION', 'CR_RETURN_NULL'),
  remark: maybe(text),
  /** "Mills" is Java's spelling of milliseconds. */
  spentTimeMills: whole
})
export type ConsumeDirectlyResult = ShapeOf<typeof consumeDirectlyResultShape>
