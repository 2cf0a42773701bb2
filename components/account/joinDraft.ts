import { acceptInvitationBody } from '@/lib/contracts/people';

export type JoinDraft = { handle: string; name: string; email: string; password: string };

/** The body by which a link is used: who one is only where the link does not say it. */
export function joinBody(token: string, draft: JoinDraft, first: boolean) {
  const { handle, name, email, password } = draft;
  return {
    token,
    password,
    ...(first ? { handle: handle.trim(), name: name.trim(), email: email.trim() } : {}),
  };
}

const REQUIRED = ['name', 'handle', 'email', 'password'] as const;
const MISSING: Readonly<Record<keyof JoinDraft, string>> = {
  name: 'Say what you are called.',
  handle: 'Choose a handle.',
  email: 'Type your mail address.',
  password: 'Choose a password.',
};

/** What is wrong with a draft, by field in the order they stand; empty when it may be sent. */
export function joinProblems(draft: JoinDraft, first: boolean): Partial<Record<keyof JoinDraft, string>> {
  const asked = first ? REQUIRED : (['password'] as const);
  const body = joinBody('x'.repeat(20), draft, first);
  const parsed = acceptInvitationBody.safeParse(body);
  const problems: Partial<Record<keyof JoinDraft, string>> = {};
  for (const field of asked) {
    const issue = parsed.error?.issues.find(({ path }) => path[0] === field);
    if (draft[field].trim() === '') problems[field] = MISSING[field];
    else if (issue !== undefined) problems[field] = sentence(issue.message);
  }
  return problems;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, '.');
}
