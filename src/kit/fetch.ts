/** The one door to other HTTP servers. Loaded by commands and clients only. */
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
