/** What has been opened, to be closed in the opposite order; one that fails does not keep the others open. */
import { errorText } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'

export class Closing {
  readonly #log: Logger
  readonly #steps: { readonly what: string; readonly close: () => unknown }[] = []

  constructor(log: Logger) {
    this.#log = log
  }

  add(what: string, close: () => unknown): void {
    this.#steps.push({ what, close })
  }

  /** Never rejects. Resolves to whether all went well. */
  async run(): Promise<boolean> {
    let well = true
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.close()
      } catch (error) {
        well = false
        this.#log.error({ what: step.what, error: errorText(error) }, 'a part of the broker did not close as it should')
      }
    }
    return well
  }
}
