/** One change at several brokers: each is tried, and what failed at one of them does not hide what was done at others. */
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { BrokerOutcome, BrokerOutcomes } from './shared-rows.ts'
import type { Master } from './targets.ts'

/** Rejects with the first failure when every broker failed. */
export const atEach = async (
  masters: readonly Master[],
  dryRun: boolean | undefined,
  act: (master: Master) => Promise<unknown>
): Promise<BrokerOutcomes> => {
  if (dryRun === true) {
    return { dryRun: true, brokers: masters.map(({ brokerName }) => ({ brokerName, outcome: 'planned' })) }
  }
  const errors: MqError[] = []
  const brokers = await mapBounded(masters, async (master): Promise<BrokerOutcome> => {
    const { brokerName } = master
    try {
      await act(master)
      return { brokerName, outcome: 'done' }
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      errors.push(error)
      return { brokerName, outcome: 'failed', error: errorText(error) }
    }
  })
  if (errors.length > 0 && errors.length === masters.length) throw errors[0]!
  return { dryRun: false, brokers }
}

export const failedOf = (brokers: readonly BrokerOutcome[]): readonly BrokerOutcome[] =>
  brokers.filter(broker => broker.outcome === 'failed')
