/** A ring of hashes: a member that comes or goes moves only its own share. Java: AllocateMessageQueueConsistentHash. */
import { createHash } from 'node:crypto'
import { membersInOrder, type Rebalance, type SharedQueue } from './rebalance.ts'

const pointsPerMember = 10

/** As in Java's ring: the first four bytes of the MD5, without a sign. */
const hashOf = (text: string): number => createHash('md5').update(text).digest().readUInt32BE(0)

/** Java's text of a queue: it decides where on the ring the queue is. */
const queueText = ({ topic, brokerName, queueId }: SharedQueue): string =>
  `MessageQueue [topic=${topic}, brokerName=${brokerName}, queueId=${queueId}]`

export const consistentHash: Rebalance = (queues, memberIds, own) => {
  const members = membersInOrder(memberIds)
  if (!members.includes(own)) return []
  // Of two points with one hash the later one counts, as in Java's map.
  const owners = new Map<number, string>()
  for (const member of members) {
    for (let point = 0; point < pointsPerMember; point++) owners.set(hashOf(`${member}-${point}`), member)
  }
  const ring = [...owners].sort(([left], [right]) => left - right)
  return queues.filter(queue => {
    const hash = hashOf(queueText(queue))
    const [, owner] = ring.find(([point]) => point >= hash) ?? ring[0]!
    return owner === own
  })
}
