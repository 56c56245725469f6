// Taught in lesson 10
//
// The finished server is the last lesson's. It grows with the course; this is how far it has come.

import './lessons/10-api/server.ts';
