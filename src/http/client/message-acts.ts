/** The acts on messages over HTTP. */
import type { Admin, MessagePage } from '../../admin/admin.ts'
import type { MessageActs, ReplayResult, TracePage } from '../../admin/message-acts.ts'
import { type Calls, type CallWish, path } from './calls.ts'

export type Messages = MessageActs &
  Pick<
    Admin,
    | 'messageById'
    | 'messageByOffset'
    | 'messagesByTime'
    | 'sendMessage'
    | 'resendMessage'
    | 'parkedGroups'
    | 'replayDeadLetters'
  >

/** What the answer has besides what the interface gives: the end of the pages. */
const withoutNull = <Page extends object>(page: Page & { readonly next?: unknown }): Page => {
  if (page.next !== null) return page
  const { next: _, ...rest } = page
  return rest as Page
}

export const messages = (calls: Calls): Messages => {
  const paged = async <Page extends object>(method: string, address: string, wish: CallWish): Promise<Page> =>
    withoutNull(await calls.call<Page>(method, address, wish))
  return {
    messagesByKey: ({ topic, ...query }) =>
      paged<MessagePage>('GET', path`/topics/${topic}/messages`, { query: { ...query } }),
    messageById: (topic, id) => calls.call('GET', path`/topics/${topic}/messages/${id}`),
    messageByOffset: (topic, broker, queueId, offset) =>
      calls.call('GET', path`/topics/${topic}/message-at`, { query: { broker, queueId, offset } }),
    messagesByTime: ({ topic, brokerName, ...query }) =>
      paged<MessagePage>('GET', path`/topics/${topic}/messages`, { query: { ...query, broker: brokerName } }),
    messageStatus: (topic, id) => calls.call('GET', path`/topics/${topic}/messages/${id}/status`),
    consumeDirectly: ({ topic, id, ...body }) =>
      calls.call('POST', path`/topics/${topic}/messages/${id}:consumeDirectly`, { body }),
    queueEntries: ({ topic, brokerName, ...query }) =>
      calls.call('GET', path`/topics/${topic}/queue-entries`, { query: { ...query, broker: brokerName } }),
    messageTrace: ({ key, ...query }) => calls.call('GET', path`/traces/${key}`, { query: { ...query } }),
    traces: query => paged<TracePage>('GET', '/traces', { query: { ...query } }),
    sendMessage: ({ topic, ...body }) => calls.call('POST', path`/topics/${topic}/messages`, { body }),
    resendMessage: ({ topic, id, ...body }) =>
      calls.call('POST', path`/topics/${topic}/messages/${id}:resend`, { body }),
    parkedGroups: kind => calls.list(`/${kind}`),
    replayDeadLetters: ({ group, dryRun, ...body }) =>
      paged<ReplayResult>('POST', path`/dlq/${group}:replay`, { query: { dryRun }, body })
  }
}
