/** What is asked and answered about messages beyond finding one: ranges of time, sending again, dead letters. */

export interface TimeSearch {
  readonly topic: string
  /** Store time window, milliseconds since 1970; `toMs` is not part of it. */
  readonly fromMs: number
  readonly toMs: number
  /** Most messages of this page. */
  readonly limit: number
  /** `next` of the page before. */
  readonly cursor?: string | undefined
}

export interface NewMessage {
  readonly topic: string
  readonly body: string
  readonly bodyEncoding?: 'utf8' | 'base64' | undefined
  readonly keys?: string | undefined
  readonly tags?: string | undefined
  readonly properties?: Readonly<Record<string, string>> | undefined
  readonly delayLevel?: number | undefined
  readonly queueId?: number | undefined
  readonly brokerName?: string | undefined
}

export interface SentMessage {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  readonly messageId: string
  readonly offsetMessageId: string
  readonly status: string
}

export interface ResendWish {
  readonly topic: string
  readonly id: string
  /** The topic that gets the copy; the message's own when absent. */
  readonly to?: string | undefined
}

export interface ParkedRow {
  readonly group: string
  readonly topic: string
  readonly messages: number
  readonly lastUpdate?: string
  readonly lastUpdateMs?: number
}

export interface ReplayWish {
  readonly group: string
  /** The topic that gets the messages; the one where each came from when absent. */
  readonly to?: string | undefined
  readonly fromMs: number
  readonly toMs: number
  /** Most messages of this call. */
  readonly limit: number
  readonly cursor?: string | undefined
  readonly dryRun?: boolean | undefined
}

export interface ReplayRow {
  readonly messageId: string
  readonly to: string
  readonly outcome: 'planned' | 'sent' | 'failed'
  /** Id of the copy. */
  readonly sentAs?: string
}

export interface ReplayResult {
  readonly group: string
  readonly dryRun: boolean
  readonly items: readonly ReplayRow[]
  readonly warnings: readonly string[]
  readonly truncated: boolean
  readonly next?: string
}
