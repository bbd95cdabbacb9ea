/** The topics that brokers park messages of a group in. Pure. */
import { deadLetterTopic, retryTopic } from '../protocol/topic-names.ts'

export const parkedTopic = (kind: 'dlq' | 'retry', group: string): string =>
  kind === 'dlq' ? deadLetterTopic(group) : retryTopic(group)
