/** Only queues of certain machine rooms: brokers are named `room@name`. Java: AllocateMessageQueueByMachineRoom. */
import { membersInOrder, type Rebalance } from './rebalance.ts'

/** The room of a broker named `room@name`; undefined for other names. */
export const roomOf = (brokerName: string): string | undefined => {
  const parts = brokerName.split('@')
  return parts.length === 2 ? parts[0] : undefined
}

/** Shares the queues of these rooms evenly; queues elsewhere are read by nobody who shares in this way. */
export const machineRoom = (rooms: Iterable<string>): Rebalance => {
  const wanted = new Set(rooms)
  return (queues, memberIds, own) => {
    const members = membersInOrder(memberIds)
    const index = members.indexOf(own)
    if (index < 0) return []
    const near = queues.filter(({ brokerName }) => wanted.has(roomOf(brokerName) ?? ''))
    const share = Math.floor(near.length / members.length)
    const extra = near[share * members.length + index]
    return [...near.slice(index * share, (index + 1) * share), ...(extra === undefined ? [] : [extra])]
  }
}
