import { AppError } from '../base/appError';
import { CALLBACK_PATH } from '../identity/singleSignOn';
import { visitOf } from '../identity/visit';
import { comeBackFromSingleSignOn } from '../workflows/signIn';
import { guard, listening } from './guard';
import { problemResponse } from './problem';
import { countVisit } from './requestLimits';

/**
 * The one page of the identity library that browsers open themselves: where the provider of single sign-on sends them
 * back to. Everything else below /api/auth answers 404, as if it were not there.
 */
export async function singleSignOnReturn(request: Request): Promise<Response> {
  try {
    if (new URL(request.url).pathname !== CALLBACK_PATH)
      throw new AppError('not_found', 'There is nothing under this address.');
    guard(request, listening());
    const visit = visitOf(request.headers);
    await countVisit(visit);
    return await comeBackFromSingleSignOn(visit, request);
  } catch (error) {
    return problemResponse(error);
  }
}
