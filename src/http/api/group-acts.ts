/** Members of groups and what they tell, pausing, modes and committed offsets over HTTP. */
import { one } from './answer.ts'
import {
  dryRun,
  type Endpoint,
  endpoint,
  flag,
  record,
  type TargetQuery,
  target,
  targetOf,
  text,
  whole
} from './endpoint.ts'

const looking: readonly Endpoint[] = [
  endpoint<{ readonly stack?: boolean }>({
    id: 'groupMember',
    answer: one('MemberDetail'),
    method: 'GET',
    path: '/groups/{group}/members/{client}',
    scope: 'read',
    summary: 'What a member tells of itself: settings, queues it holds, rates; `stack` = also stacks of its threads',
    query: { stack: flag },
    run: async ({ admin }, { params, query }) => ({
      body: await admin.groupMember({
        group: params['group']!,
        clientId: params['client']!,
        stack: query.stack === true
      })
    })
  }),
  endpoint({
    id: 'groupSubscriptions',
    answer: one('GroupSubscriptions'),
    method: 'GET',
    path: '/groups/{group}/subscriptions',
    scope: 'read',
    summary: 'What each member subscribes, and whether all subscribe the same',
    run: async ({ admin }, { params }) => ({ body: await admin.groupSubscriptions(params['group']!) })
  }),
  endpoint<{ readonly topic?: string }>({
    id: 'groupOffsets',
    answer: one('GroupOffsets'),
    method: 'GET',
    path: '/groups/{group}/offsets',
    scope: 'read',
    summary: 'Committed offsets; `:resetOffset` with the kind `offsets` puts them back',
    query: { topic: text() },
    run: async ({ admin }, { params, query }) => ({ body: await admin.groupOffsets(params['group']!, query.topic) })
  })
]

const pausing: readonly Endpoint[] = (['pause', 'resume'] as const).map(verb =>
  endpoint<TargetQuery, { readonly topic?: string } | undefined>({
    id: verb === 'pause' ? 'groupPause' : 'groupResume',
    answer: one('PausedGroup'),
    method: 'POST',
    path: `/groups/{group}:${verb}`,
    scope: 'operate',
    summary:
      verb === 'pause' ? 'Brokers give the group, or one topic of it, nothing more' : 'Brokers give it messages again',
    query: { ...target, ...dryRun },
    body: record({ topic: text() }),
    run: async ({ admin }, { params, query, body }) => ({
      body: await admin.pauseGroup({
        ...targetOf(query),
        group: params['group']!,
        topic: body?.topic,
        paused: verb === 'pause',
        dryRun: query.dryRun === true
      })
    })
  })
)

interface Mode {
  readonly topic: string
  readonly mode: 'PULL' | 'POP'
  readonly popShareQueueNum?: number
}

const mode = endpoint<TargetQuery, Mode>({
  id: 'groupSetMode',
  answer: one('GroupMode'),
  method: 'POST',
  path: '/groups/{group}:setMode',
  scope: 'admin',
  summary: 'Whether clients of the group pull a topic or pop it',
  query: { ...target, ...dryRun },
  body: record({ topic: text(), mode: { enum: ['PULL', 'POP'] }, popShareQueueNum: whole(-1, 65_535) }, [
    'topic',
    'mode'
  ]),
  run: async ({ admin }, { params, query, body }) => ({
    body: await admin.groupMode({ ...targetOf(query), ...body, group: params['group']!, dryRun: query.dryRun === true })
  })
})

export const groupActEndpoints: readonly Endpoint[] = [...looking, ...pausing, mode]
