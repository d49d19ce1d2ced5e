// Writes src/gen from proto/.
import { generateProtos } from '@snetkit/codegen';

await generateProtos({ cwd: import.meta.dirname, outDir: 'src/gen' });
