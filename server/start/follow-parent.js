// Loaded into the program by `start.js`: when that is killed the channel to it closes, and the program stops
// in order instead of staying behind with the port and the database in its hands.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
