/**
 * Loaded before the web server and the worker (`node --import`): when the launcher is gone, in whatever way, the pipe
 * between them closes and the program asks itself to stop, then insists. Nothing is left running without its launcher.
 */
const GRACE_MS = 5_000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep a program alive that has finished.
  process.channel.unref();
}
