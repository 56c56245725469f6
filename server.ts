// Taught in lesson 04
//
// The finished server is the last lesson's. It grows with the course; this is how far it has come.

import './lessons/04-router/server.ts';
