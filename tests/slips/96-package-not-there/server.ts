import cafe from 'cafe-of-nobody';

cafe().get('/', (req: any, res: any) => res.send('Hello')).listen(3000);
