// Taught in lesson 18
//
// The finished server is the last lesson's. It grows with the course; this is how far it has come.

import './lessons/18-database/server.ts';
