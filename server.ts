// Taught in lesson 16
//
// The finished server is the last lesson's. It grows with the course; this is how far it has come.

import './lessons/16-rights/server.ts';
