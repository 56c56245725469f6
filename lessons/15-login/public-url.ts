// Lesson 15 · public-url: do browsers reach the café by https?
//
//   PUBLIC_URL=https://cafe.example  ──►  true     cookies are Secure
//   PUBLIC_URL=HTTPS://cafe.example  ──►  true
//   PUBLIC_URL=                      ──►  false    not set: the café runs on your own computer
//   PUBLIC_URL=cafe.example          ──►  the start ends in a sentence
//
// The server itself cannot know: a proxy in front of it speaks https (lesson 25). Nobody would
// notice a wrong guess, and cookies would travel for all to read.

/** Ends the program when PUBLIC_URL is set and is not the address of a website. */
export function isHttps({ PUBLIC_URL = '' }: NodeJS.ProcessEnv = process.env): boolean {
  try {
    return protocolOf(PUBLIC_URL.trim()) === 'https:';
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

/** "" for none. Throws when it is not the address of a website. */
export function protocolOf(url: string): string {
  if (url === '') return '';
  const isAddress = /^https?:\/\//i.test(url) && URL.canParse(url);
  if (isAddress) return new URL(url).protocol;
  throw new Error(
    'PUBLIC_URL must be the address at which browsers find the café, such as ' +
    `https://cafe.example, but it was "${url}". Correct it, or leave it out.`,
  );
}
