/** HTTP as a client: the door of fetch. Only what was asked for by name is ever contacted. */
import { errorText, MqError } from './errors.ts'

export interface HttpCall {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole call, milliseconds. */
  readonly timeoutMs: number
}

export interface HttpResult {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/** Rejects with MQ_TIMEOUT, or MQ_CONNECT_FAILED when there is no answer. Follows no redirect. */
export const callHttp = async (url: string, { method, headers, body, timeoutMs }: HttpCall): Promise<HttpResult> => {
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body })
    })
    return { status: answer.status, headers: new Map(answer.headers), text: await answer.text() }
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new MqError('MQ_TIMEOUT', `${url} did not answer within ${timeoutMs} ms`, { cause: error })
    }
    const reason = error instanceof Error && error.cause !== undefined ? errorText(error.cause) : errorText(error)
    throw new MqError('MQ_CONNECT_FAILED', `${url} does not answer: ${reason}`, { cause: error })
  }
}

export interface FetchLimits {
  /** For the whole answer, milliseconds. */
  readonly timeoutMs: number
  /** Longest answer, bytes. */
  readonly bytesMax: number
}

/** The text of an answer of 200. Rejects with MQ_CONNECT_FAILED, which says what was wrong with the answer. */
export const fetchText = async (url: string, { timeoutMs, bytesMax }: FetchLimits): Promise<string> => {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    if (answer.status !== 200) throw new Error(`status ${answer.status} instead of 200`)
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of answer.body ?? []) {
      size += (part as Uint8Array).length
      if (size > bytesMax) throw new Error(`more than ${bytesMax} bytes`)
      parts.push(part as Uint8Array)
    }
    return Buffer.concat(parts).toString('utf8')
  } catch (error) {
    const { cause } = error as { cause?: unknown }
    const why = cause === undefined ? errorText(error) : `${errorText(error)}: ${errorText(cause)}`
    throw new MqError('MQ_CONNECT_FAILED', `${url} gave no answer that can be used: ${why}`, { cause: error })
  }
}
