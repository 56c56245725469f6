// Taught in lesson 11
//
// The finished server is the last lesson's. It grows with the course; this is how far it has come.

import './lessons/11-json-file/server.ts';
