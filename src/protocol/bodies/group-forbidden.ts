/** Whether a group may read a topic. Java: GroupForbidden. */
import { flag, record, type ShapeOf, text } from './shape.ts'

export const groupForbiddenShape = record({ topic: text, group: text, readable: flag })
export type GroupForbidden = ShapeOf<typeof groupForbiddenShape>
