/** Lists of topics by the unit bits of their first queue row, for three request codes that differ only in the bits. */
import { topicListShape } from '../protocol/bodies/name-lists.ts'
import { writeBody } from '../protocol/bodies/shape.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { Reply } from '../remoting/router.ts'
import type { NamesrvParts } from './parts.ts'

export const unitTopics = (
  { routes, config }: Pick<NamesrvParts, 'routes' | 'config'>,
  wanted: (topicSysFlag: number) => boolean
): Reply<Record<string, never>> => {
  if (!config.get('enableTopicList')) return { code: responseCodes.SYSTEM_ERROR, remark: 'disable' }
  const topicList: string[] = []
  for (const [topic, queues] of routes.topics.entries()) {
    const [first] = queues.values()
    if (first !== undefined && wanted(first.topicSysFlag)) topicList.push(topic)
  }
  return { body: writeBody(topicListShape, { topicList }) }
}
