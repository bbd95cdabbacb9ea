/** An error that says with which response code a request is refused; the server turns it into the answer. */
import { MqError } from '../kit/errors.ts'

export const refusal = (responseCode: number, sentence: string): MqError =>
  new MqError('MQ_SERVER_REFUSED', sentence, { responseCode })
