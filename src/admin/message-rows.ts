/** Messages and pages of them, as administrative acts give them. Plain data, as in admin.ts. */
import type { Listing } from './shared-rows.ts'

export interface MessageRow {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly messageId: string
  readonly offsetMessageId: string
  readonly tags?: string
  readonly keys?: string
  readonly properties: Readonly<Record<string, string>>
  readonly body: string
  readonly bodyEncoding: 'utf8' | 'base64'
  readonly born: string
  readonly bornMs: number
  readonly stored: string
  readonly storedMs: number
  readonly bornHost: string
  readonly storeHost: string
  readonly reconsumeTimes: number
  readonly sysFlag: number
  readonly storeSize: number
}

export interface FoundMessages extends Listing<MessageRow> {
  /** Whether more would have matched. */
  readonly truncated: boolean
}

export interface MessagePage extends FoundMessages {
  /** Where the next page begins; absent at the end. */
  readonly next?: string
}
