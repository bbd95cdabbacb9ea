/** A check within its time: monitors wait for seconds, not for a row of time-outs. */
import type { Admin } from '../admin/admin.ts'
import { type CheckReport, checkCodes } from '../admin/check-rules.ts'
import { type CheckWish, check, failedReport } from '../admin/checks.ts'
import type { Clock } from '../kit/clock.ts'
import { isMqError } from '../kit/errors.ts'

type WithAdmin = (act: (admin: Admin) => Promise<CheckReport>) => Promise<CheckReport>

/** UNKNOWN when the time is over. Rejects with MQ_USAGE and the like: what only who asked can mend. */
export const checkWithin = async (
  withAdmin: WithAdmin,
  wish: CheckWish,
  timeoutMs: number,
  clock: Clock
): Promise<CheckReport> => {
  let cancel = (): void => {}
  const late = new Promise<CheckReport>(resolve => {
    const reason = `no result within ${timeoutMs / 1000} s`
    const { subject, name } = wish
    const report = {
      check: subject,
      ...(name === undefined ? {} : { name }),
      status: 'UNKNOWN' as const,
      reason,
      findings: []
    }
    const timer = clock.after(timeoutMs, () => resolve({ ...report, code: checkCodes.UNKNOWN }))
    cancel = () => timer.cancel()
  })
  const checking = withAdmin(admin => check(admin, wish, clock)).catch((error: unknown) => {
    // Where there is no way to the cluster at all.
    if (!isMqError(error) || error.exitCode === 2) throw error
    return failedReport(wish.subject, wish.name, error)
  })
  // Past the time nobody waits for it.
  checking.catch(() => {})
  try {
    return await Promise.race([checking, late])
  } finally {
    cancel()
  }
}
