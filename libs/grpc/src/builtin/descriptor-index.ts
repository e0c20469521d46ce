import { type DescExtension, type DescFile, type DescMessage, type DescService } from '@bufbuild/protobuf';

/** DescriptorIndex finds files by name, by symbol and by extension, among some services and all they depend on. */
export class DescriptorIndex {
  private readonly files = new Map<string, DescFile>();
  private readonly symbols = new Map<string, DescFile>();
  private readonly extensions = new Map<string, Map<number, DescFile>>();

  constructor(services: readonly DescService[]) {
    for (const service of services) this.addFile(service.file);
  }

  file(name: string): DescFile | undefined {
    return this.files.get(name);
  }

  fileOfSymbol(symbol: string): DescFile | undefined {
    return this.symbols.get(symbol);
  }

  fileOfExtension(message: string, number: number): DescFile | undefined {
    return this.extensions.get(message)?.get(number);
  }

  /** Numbers of the known extensions of a message; undefined for an unknown message. */
  extensionNumbers(message: string): number[] | undefined {
    if (!this.symbols.has(message)) return undefined;
    return [...(this.extensions.get(message)?.keys() ?? [])];
  }

  private addFile(file: DescFile): void {
    if (this.files.has(file.proto.name)) return;
    this.files.set(file.proto.name, file);
    for (const dependency of file.dependencies) this.addFile(dependency);
    for (const message of file.messages) this.addMessage(message, file);
    for (const { typeName } of file.enums) this.symbols.set(typeName, file);
    for (const extension of file.extensions) this.addExtension(extension, file);
    for (const service of file.services) {
      this.symbols.set(service.typeName, file);
      for (const method of service.methods) this.symbols.set(`${service.typeName}.${method.name}`, file);
    }
  }

  private addMessage(message: DescMessage, file: DescFile): void {
    this.symbols.set(message.typeName, file);
    for (const nested of message.nestedMessages) this.addMessage(nested, file);
    for (const { typeName } of message.nestedEnums) this.symbols.set(typeName, file);
    for (const extension of message.nestedExtensions) this.addExtension(extension, file);
  }

  private addExtension(extension: DescExtension, file: DescFile): void {
    this.symbols.set(extension.typeName, file);
    const known = this.extensions.get(extension.extendee.typeName) ?? new Map<number, DescFile>();
    this.extensions.set(extension.extendee.typeName, known.set(extension.number, file));
  }
}

/** withDependencies lists a file and everything it imports, directly or not, each once. */
export function withDependencies(file: DescFile): DescFile[] {
  const seen = new Set<DescFile>();
  const visit = (next: DescFile): void => {
    if (seen.has(next)) return;
    seen.add(next);
    next.dependencies.forEach(visit);
  };
  visit(file);
  return [...seen];
}
