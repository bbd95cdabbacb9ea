/** Queues dealt out in turn, like cards. Java: AllocateMessageQueueAveragelyByCircle. */
import { membersInOrder, type Rebalance } from './rebalance.ts'

/** Spreads the queues of each broker over all members, which `average` does not. */
export const circle: Rebalance = (queues, memberIds, own) => {
  const members = membersInOrder(memberIds)
  const index = members.indexOf(own)
  return index < 0 ? [] : queues.filter((_, at) => at % members.length === index)
}
