/** A number that is an argument: oclif reads numbers only in flags. Pure. */
import { MqError } from '../kit/errors.ts'

/** A whole number of 0 or more. Throws MQ_USAGE. */
export const wholeNumber = (text: string, what: string): number => {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value)) return value
  throw new MqError('MQ_USAGE', `${what} is ${JSON.stringify(text)}, which is no whole number of 0 or more`)
}
