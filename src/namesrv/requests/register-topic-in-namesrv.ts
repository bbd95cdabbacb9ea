/** Answers REGISTER_TOPIC_IN_NAMESRV. The wire side is described in src/protocol/requests/register-topic-in-namesrv.ts. */
import { readBody } from '../../protocol/bodies/shape.ts'
import { topicRouteDataShape } from '../../protocol/bodies/topic-route.ts'
import { registerTopicInNamesrv } from '../../protocol/requests/register-topic-in-namesrv.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

export const registerTopicInNamesrvRoute = ({ routes, log }: Pick<NamesrvParts, 'routes' | 'log'>): Route =>
  route(registerTopicInNamesrv, ({ topic }, { body }) => {
    const queues = body.length === 0 ? [] : readBody(topicRouteDataShape, body).queueDatas
    if (queues.length > 0 && !routes.registerTopic(topic, queues)) {
      log.warn({ topic }, 'a topic was registered for a broker that is not known, and not taken')
    }
    return {}
  })
