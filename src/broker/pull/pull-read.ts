/** Reads for a pull: within which limits, and what a read's outcome means on the wire. Java: PullMessageProcessor. */
import type { TagTest } from '../../filter/tags.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import type { ReadLimits, ReadResult } from '../../store/contract.ts'
import { everyMessage } from './pull-filter.ts'
import type { PullParts } from './pull-parts.ts'
import type { PullRequest } from './pull-request.ts'

/** Apache's floor under what a client may ask for. */
const bytesMin = 100

/** Old messages come from the disk, where a long answer would hold up others. */
export const readLimits = (
  { store, settings }: Pick<PullParts, 'store' | 'settings'>,
  { topic, queueId, queueOffset, maxMsgNums, maxMsgBytes }: PullRequest,
  matches: TagTest
): ReadLimits => {
  const recent = store.isRecent(topic, queueId, queueOffset)
  const count = recent ? settings.maxTransferCountOnMessageInMemory : settings.maxTransferCountOnMessageInDisk
  const bytes = recent ? settings.maxTransferBytesOnMessageInMemory : settings.maxTransferBytesOnMessageInDisk
  const messagesMax = Math.max(1, Math.min(maxMsgNums, count))
  const bytesMax = maxMsgBytes > 0 ? Math.min(Math.max(maxMsgBytes, bytesMin), bytes) : bytes
  return matches === everyMessage ? { messagesMax, bytesMax } : { messagesMax, bytesMax, matches }
}

/** The response code of a read. A client goes on at nextOffset with 20 and 21, and asks again later with 19. */
export const pullCode = ({ status }: Pick<ReadResult, 'status'>, queueOffset: number): number => {
  switch (status) {
    case 'FOUND':
      return responseCodes.SUCCESS
    case 'NO_MATCHED_MESSAGE':
    case 'MESSAGE_WAS_REMOVING':
      return responseCodes.PULL_RETRY_IMMEDIATELY
    case 'OFFSET_FOUND_NULL':
    case 'OFFSET_OVERFLOW_ONE':
      return responseCodes.PULL_NOT_FOUND
    case 'NO_MATCHED_LOGIC_QUEUE':
    case 'NO_MESSAGE_IN_QUEUE':
      return queueOffset === 0 ? responseCodes.PULL_NOT_FOUND : responseCodes.PULL_OFFSET_MOVED
    default:
      return responseCodes.PULL_OFFSET_MOVED
  }
}
