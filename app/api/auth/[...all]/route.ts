import { singleSignOnReturn } from '@/lib/http/singleSignOnReturn';

export const GET = singleSignOnReturn;
