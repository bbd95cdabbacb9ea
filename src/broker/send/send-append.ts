/** Appends drafts to the store and waits until they are stored as the flush mode promises. */
import type { MqError } from '../../kit/errors.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import type { MessageDraft, MessageStore, PendingAppend, Place } from '../../store/contract.ts'

export interface Appended extends Place {
  /** SUCCESS, or a code that means "stored, but not yet where it should be": FLUSH_DISK_TIMEOUT and its like. */
  readonly code: number
}

/** The response code of an append's outcome when the message counts as stored, else undefined. */
export const storedCode = (error: MqError | undefined): number | undefined => {
  if (error === undefined) return responseCodes.SUCCESS
  switch (error.responseCode) {
    case responseCodes.FLUSH_DISK_TIMEOUT:
    case responseCodes.FLUSH_SLAVE_TIMEOUT:
    case responseCodes.SLAVE_NOT_AVAILABLE:
      return error.responseCode
    default:
      return undefined
  }
}

class Waiting implements PendingAppend {
  queueOffset = -1
  physicalOffset = -1
  size = 0
  storeTimestamp = 0
  readonly #resolve: (appended: Appended) => void
  readonly #reject: (error: MqError) => void

  constructor(resolve: (appended: Appended) => void, reject: (error: MqError) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  done(error: MqError | undefined): void {
    const code = storedCode(error)
    if (code === undefined) {
      this.#reject(error as MqError)
      return
    }
    const { queueOffset, physicalOffset, size, storeTimestamp } = this
    this.#resolve({ queueOffset, physicalOffset, size, storeTimestamp, code })
  }
}

/** Appends before it returns, so that messages of one connection keep their order. Rejects with the store's error. */
export const append = (store: MessageStore, draft: MessageDraft): Promise<Appended> =>
  new Promise((resolve, reject) => {
    store.append(draft, new Waiting(resolve, reject))
  })
