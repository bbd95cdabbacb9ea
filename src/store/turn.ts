/** Lets the event loop go round: long work is done in slices with this between them. */
export const turn = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve)
  })
